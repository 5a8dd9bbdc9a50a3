package execnet4j.channel;

/** Where a channel stands in its life. It only ever moves downwards in this list. */
enum ChannelState {
    /**
     * Items go both ways.
     *
     * <p>To {@link #SEND_ONLY} when the peer said it sends no more, or when a worker's input has ended (what it still
     * has to say may yet arrive); to {@link #CLOSED} when either side closes it or the connection is lost.
     */
    OPEN,

    /**
     * No more items come; they may still be sent.
     *
     * <p>To {@link #CLOSED} as from {@link #OPEN}.
     */
    SEND_ONLY,

    /** Over in both directions. Queued items can still be received. */
    CLOSED;

    /** What can happen to a channel. */
    enum Event {
        /** The peer sends no more items but still takes them. */
        PEER_LAST_MESSAGE,
        /** The peer closed it, with an error or without. */
        PEER_CLOSE,
        /** It was closed on this side, or its task has ended here. */
        LOCAL_CLOSE,
        /** The connection's input has ended, while its output may still work. */
        INPUT_END,
        /** The connection is gone. */
        LOSS
    }

    /** The state after an event; the same one where the event changes nothing. */
    ChannelState next(Event event) {
        boolean halfway = event == Event.PEER_LAST_MESSAGE || event == Event.INPUT_END;
        if (this == OPEN && halfway) {
            return SEND_ONLY;
        }
        return halfway ? this : CLOSED;
    }
}
