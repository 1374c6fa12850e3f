package dev.sidecar.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the processes of an application: its root, all below it, and, where the root leads a session, all of that
 * session. Once found, a process stays one of them when its parent ends.
 *
 * <p>A process that is none of them cannot become one, so it is looked at once; because numbers are used again, all
 * are looked at anew now and then.
 *
 * <p>Used by one thread at a time.
 */
public final class ProcessFamily {

    private static final int ROUNDS = 30;

    private final LinuxFiles files;
    private final long self;
    private final Map<Long, Long> members = new HashMap<>();
    private final Set<Long> others = new HashSet<>();
    private int round;

    /**
     * Has looked at nothing yet.
     *
     * @param self the process that is never one of them, unless it is the root
     */
    public ProcessFamily(LinuxFiles files, long self) {
        this.files = files;
        this.self = self;
    }

    /** The members that are alive, the root first; none when it has ended. */
    public List<ProcessStat> members(long root) {
        ProcessStat head = ProcessStat.read(files, root);
        if (head == null || head.hasEnded() || !isSame(head, members.getOrDefault(root, head.start()))) {
            forget();
            return List.of();
        }
        if (!members.containsKey(root)) {
            forget();
        }
        if (++round % ROUNDS == 0) {
            others.clear();
        }
        Map<Long, ProcessStat> found = new LinkedHashMap<>();
        found.put(root, head);
        Map<Long, ProcessStat> strangers = new HashMap<>();
        Set<Long> present = new HashSet<>();
        for (String name : files.names("/proc")) {
            long pid = pid(name);
            if (pid > 0) {
                present.add(pid);
                look(pid, root, found, strangers);
            }
        }
        adopt(head, found, strangers);
        others.addAll(strangers.keySet());
        others.retainAll(present);
        members.clear();
        found.forEach((pid, stat) -> members.put(pid, stat.start()));
        return new ArrayList<>(found.values());
    }

    /** Begins anew. */
    public void forget() {
        members.clear();
        others.clear();
    }

    private void look(long pid, long root, Map<Long, ProcessStat> found, Map<Long, ProcessStat> strangers) {
        if (pid == root || others.contains(pid) || (pid == self && root != self)) {
            return;
        }
        ProcessStat stat = ProcessStat.read(files, pid);
        if (stat == null || stat.hasEnded()) {
            return;
        }
        Long known = members.get(pid);
        if (known != null && isSame(stat, known)) {
            found.put(pid, stat);
        } else {
            strangers.put(pid, stat);
        }
    }

    /** Moves from the strangers to the family until none is left that belongs there. */
    private void adopt(ProcessStat root, Map<Long, ProcessStat> found, Map<Long, ProcessStat> strangers) {
        boolean leads = root.session() == root.pid();
        boolean more = true;
        while (more) {
            List<ProcessStat> belong = strangers.values().stream()
                    .filter(stat -> found.containsKey(stat.parent())
                            || (leads && stat.session() == root.pid() && stat.parent() != self))
                    .toList();
            belong.forEach(stat -> {
                found.put(stat.pid(), stat);
                strangers.remove(stat.pid());
            });
            more = !belong.isEmpty();
        }
    }

    private static boolean isSame(ProcessStat stat, @Nullable Long start) {
        return start != null && stat.start() == start;
    }

    private static long pid(String name) {
        char first = name.charAt(0);
        if (first < '1' || first > '9' || name.length() > 10) {
            return 0;
        }
        try {
            return Long.parseLong(name);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
