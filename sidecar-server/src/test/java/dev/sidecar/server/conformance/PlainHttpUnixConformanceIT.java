package dev.sidecar.server.conformance;

import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.wire.EveryWireContract;
import dev.sidecar.tck.wire.RawHttp;
import org.junit.jupiter.api.extension.RegisterExtension;

@DeliveredBy("plain http, unix")
class PlainHttpUnixConformanceIT implements EveryWireContract {

    @RegisterExtension
    static final Subject SUBJECT = new Subject();

    @Override
    public RawHttp http() {
        return RawHttp.unix(SUBJECT.process().socket());
    }

    @Override
    public boolean guarded() {
        return false;
    }
}
