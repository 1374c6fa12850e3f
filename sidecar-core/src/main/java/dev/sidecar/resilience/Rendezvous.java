package dev.sidecar.resilience;

/** Hashes for rendezvous hashing: well mixed, the same in every process. */
final class Rendezvous {

    private Rendezvous() {}

    /** FNV-1a over the characters, mixed. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** How much the key belongs to the member; the highest wins. */
    static long score(long key, long member) {
        return mix(key ^ member);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
