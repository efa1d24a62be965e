package dev.foyer.protocol.rtcp;

/** Reads report blocks and writes them again. */
final class ReportBlocks {
    private ReportBlocks() {}

    /** Lets a block show one of a report. */
    interface Source {
        void report(int index, ReportBlock block);
    }

    static void copy(int count, Source source, byte[] target, int offset) {
        ReportBlock block = new ReportBlock();
        for (int i = 0; i < count; i++) {
            source.report(i, block);
            ReportBlock.write(
                    target,
                    offset + i * ReportBlock.LENGTH,
                    block.ssrc(),
                    block.fractionLost(),
                    block.cumulativeLost(),
                    block.extendedHighestSequenceNumber(),
                    block.jitter(),
                    block.lastSenderReport(),
                    block.delaySinceLastSenderReport());
        }
    }
}
