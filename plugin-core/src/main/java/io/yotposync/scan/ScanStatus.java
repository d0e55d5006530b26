package io.yotposync.scan;

/** How a scan stands. */
public enum ScanStatus {
    RUNNING,
    /** By an operator; goes on where it was. */
    STOPPED,
    /** The tripwire stopped it; it waits for an operator's word. */
    ASKING,
    DONE
}
