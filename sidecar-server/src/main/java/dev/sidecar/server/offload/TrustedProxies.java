package dev.sidecar.server.offload;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/** The networks of {@code sidecar.offload.trusted-proxies}. */
record TrustedProxies(List<Network> networks) implements Predicate<InetAddress> {

    /** The first {@code bits} of an address. */
    record Network(byte[] address, int bits) {

        static Network of(String text) {
            int slash = text.indexOf('/');
            byte[] address = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                throw new IllegalArgumentException(
                        "trusted-proxies: '" + text + "' is not an address or a network such as 10.0.0.0/8");
            }
            int all = address.length * 8;
            int bits = slash < 0 ? all : bits(text, slash, all);
            return new Network(address, bits);
        }

        private static int bits(String text, int slash, int all) {
            try {
                int bits = Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= all) {
                    return bits;
                }
            } catch (NumberFormatException notANumber) {
                // Said below.
            }
            throw new IllegalArgumentException(
                    "trusted-proxies: '" + text + "' must end with a number of bits from 0 to " + all);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i & 7);
                if ((address[i >> 3] & mask) != (other[i >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    static TrustedProxies of(List<String> texts) {
        return new TrustedProxies(texts.stream().map(Network::of).toList());
    }

    @Override
    public boolean test(InetAddress peer) {
        if (networks.isEmpty()) {
            return false;
        }
        byte[] address = peer.getAddress();
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
