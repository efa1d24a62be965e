package dev.foyer.protocol.rtp;

import static dev.foyer.protocol.rtp.NetworkOrder.putU16;
import static dev.foyer.protocol.rtp.NetworkOrder.u16;
import static dev.foyer.protocol.rtp.NetworkOrder.u8;

import dev.foyer.protocol.HotPath;

/**
 * Dependency descriptor header extension (AV1 RTP payload format, appendix A.8): its fixed part, and of the template
 * structure the layers. One object for each received stream, because a structure stays valid until the next one.
 *
 * <pre>
 *  0                   1                   2
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |S|E|template id|         frame number          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |T|A|D|F|C|  only when longer; T: template structure follows
 * +-+-+-+-+-+-+-+-+-+-+-+
 * |id offset  | targets | next layer (2 bits each): 0 same, 1 temporal, 2 spatial, 3 end
 * +-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
@HotPath
public final class DependencyDescriptor {
    private static final int FIXED_LENGTH = 3;
    private static final int MAXIMUM_TEMPLATES = 64;
    private static final int STRUCTURE_FLAGS_BITS = 5;
    private static final int TEMPLATE_OFFSET_BITS = 6;
    private static final int TARGET_COUNT_BITS = 5;

    private final byte[] spatialLayers = new byte[MAXIMUM_TEMPLATES];
    private final byte[] temporalLayers = new byte[MAXIMUM_TEMPLATES];
    private int templateOffset;
    private int templateCount;

    private boolean startsFrame;
    private boolean endsFrame;
    private boolean structurePresent;
    private int templateId;
    private int frameNumber = -1;

    private byte[] buffer = {};
    private int bit;
    private int endBit;
    private boolean overrun;

    /** A descriptor of no packet, without a structure. */
    public DependencyDescriptor() {}

    /** Reads the extension's value; false when it is too short or its structure is cut. */
    public boolean parse(byte[] buffer, int offset, int length) {
        clear();
        if (length < FIXED_LENGTH || !NetworkOrder.inside(buffer, offset, length)) {
            return false;
        }
        int first = u8(buffer, offset);
        if (length > FIXED_LENGTH && (u8(buffer, offset + FIXED_LENGTH) & 0x80) != 0) {
            if (!parseStructure(buffer, offset, length)) {
                return false;
            }
            structurePresent = true;
        }
        startsFrame = (first & 0x80) != 0;
        endsFrame = (first & 0x40) != 0;
        templateId = first & 0x3F;
        frameNumber = u16(buffer, offset + 1);
        return true;
    }

    /** Forgets the packet but not the structure. */
    public void clear() {
        startsFrame = false;
        endsFrame = false;
        structurePresent = false;
        templateId = 0;
        frameNumber = -1;
    }

    private boolean parseStructure(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        bit = 8 * (offset + FIXED_LENGTH) + STRUCTURE_FLAGS_BITS;
        endBit = 8 * (offset + length);
        overrun = false;
        int newOffset = bits(TEMPLATE_OFFSET_BITS);
        bits(TARGET_COUNT_BITS);
        int count = 0;
        int spatial = 0;
        int temporal = 0;
        int step;
        do {
            if (count == MAXIMUM_TEMPLATES) {
                return false;
            }
            spatialLayers[count] = (byte) spatial;
            temporalLayers[count] = (byte) temporal;
            count++;
            step = bits(2);
            if (step == 1) {
                temporal++;
            } else if (step == 2) {
                temporal = 0;
                spatial++;
            }
        } while (step != 3 && !overrun);
        templateOffset = newOffset;
        templateCount = overrun ? 0 : count;
        return !overrun;
    }

    private int bits(int count) {
        if (bit + count > endBit) {
            overrun = true;
            return 0;
        }
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value = value << 1 | (buffer[bit >> 3] >> (7 - (bit & 7)) & 1);
        }
        return value;
    }

    /** Whether the packet is the first of its frame. */
    public boolean startsFrame() {
        return startsFrame;
    }

    /** Whether the packet is the last of its frame. */
    public boolean endsFrame() {
        return endsFrame;
    }

    /** Whether the packet brings a template structure: it does at the start of a coded video sequence. */
    public boolean structurePresent() {
        return structurePresent;
    }

    /** 0 to 65535, or -1 without a descriptor. */
    public int frameNumber() {
        return frameNumber;
    }

    /** Spatial layer by the last structure, 0 when the template is not known. */
    public int spatialLayer() {
        int index = templateIndex();
        return index < templateCount ? spatialLayers[index] : 0;
    }

    /** Temporal layer by the last structure, 0 when the template is not known. */
    public int temporalLayer() {
        int index = templateIndex();
        return index < templateCount ? temporalLayers[index] : 0;
    }

    private int templateIndex() {
        return (templateId + MAXIMUM_TEMPLATES - templateOffset) % MAXIMUM_TEMPLATES;
    }

    /** Writes another frame number into the descriptor at {@code offset}. */
    public static void frameNumber(byte[] buffer, int offset, int frameNumber) {
        putU16(buffer, offset + 1, frameNumber);
    }
}
