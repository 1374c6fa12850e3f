package dev.sidecar.server.conformance;

import dev.sidecar.tck.DeliveredBy;
import dev.sidecar.tck.wire.EveryWireContract;
import dev.sidecar.tck.wire.RawHttp;
import org.junit.jupiter.api.extension.RegisterExtension;

@DeliveredBy("plain http")
class PlainHttpConformanceIT implements EveryWireContract {

    @RegisterExtension
    static final Subject SUBJECT = new Subject();

    @Override
    public RawHttp http() {
        return RawHttp.tcp(SUBJECT.process().api(), SUBJECT.process().token());
    }

    @Override
    public boolean guarded() {
        return true;
    }
}
