package dev.sidecar.logging.otlp;

/** What a sink tells the pipeline. May be called under a lock: do not wait, do not call the sink. */
public interface SinkEvents {

    /** Records that the collector will not get, with the reason as a meter's tag. */
    void dropped(String reason, long records);

    void delivered(long records);

    void damagedSegment();

    /** Something an operator should read. */
    void say(boolean warning, String text);
}
