package execnet4j.channel;

/** Takes a channel's items in place of {@code receive}: a callback or a queue. Told without any lock held. */
interface ItemConsumer {
    /** So many items more can be had from {@link Inbox#next}; the last of them is the end if {@code ended}. */
    void available(int items, boolean ended);

    /** Whether everything, the endmarker too, has been dealt with as far as {@code waitClose} is to wait for it. */
    boolean isFinished();

    /** Whether the calling thread is the one that deals with an item right now. */
    boolean isBusyHere();
}
