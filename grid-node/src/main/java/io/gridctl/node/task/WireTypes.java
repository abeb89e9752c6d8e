package io.gridctl.node.task;

import com.hazelcast.nio.serialization.DataSerializableFactory;

/** The types that Hazelcast reads and writes for the grid, by number. */
public final class WireTypes {
    /** The factory's id, the same on members and clients. */
    public static final int FACTORY_ID = 7310;

    static final int FRAME = 1;
    static final int FRAME_REPLY = 2;
    static final int COLLECT = 3;
    static final int LATE_REPLY = 4;
    static final int REFUSAL = 5;
    static final int PUSH = 6;
    static final int REMOVE = 7;
    static final int NAMES = 8;
    static final int NAMES_REPLY = 9;
    static final int CANCEL = 10;
    static final int LOAD = 11;
    static final int ENGINE_LOAD = 12;
    static final int GOODBYE = 13;
    static final int STORED_VALUE = 14;
    static final int NAMESPACE_WRITE = 15;
    static final int ENGINE_RECORD = 16;
    static final int BLOB_KEY = 17;
    static final int REFERENCE_CHANGE = 18;
    static final int ECHO = 19;
    static final int CODE_ANSWER = 20;
    static final int LAYOUT = 21;

    static final int VALUE_HEADING = 30;
    static final int READ_HEADING = 31;
    static final int HEAD = 32;
    static final int READ_HEAD = 33;
    static final int REMOVE_UNCHANGED = 34;
    static final int MEMORY = 35;
    static final int MEMORY_REPLY = 36;
    static final int SAFE = 37;
    static final int STORE_PIECES = 38;
    static final int MEMORY_TOKEN = 39;
    static final int REMOVE_PIECES = 40;
    static final int STORE_PENDING = 41;

    private WireTypes() {}

    /**
     * The factory to register on every member and client.
     *
     * @return a factory without state
     */
    public static DataSerializableFactory factory() {
        return typeId -> switch (typeId) {
            case FRAME -> new FrameCall();
            case FRAME_REPLY -> new FrameReply();
            case COLLECT -> new CollectCall();
            case LATE_REPLY -> new LateReply();
            case REFUSAL -> new Refusal();
            case PUSH -> new PushCall();
            case REMOVE -> new RemoveCall();
            case NAMES -> new NamesCall();
            case NAMES_REPLY -> new NamesReply();
            case CANCEL -> new CancelCall();
            case LOAD -> new LoadCall();
            case ENGINE_LOAD -> new EngineLoad();
            case GOODBYE -> new GoodbyeCall();
            case STORED_VALUE -> new StoredValue();
            case NAMESPACE_WRITE -> new NamespaceWrite();
            case ENGINE_RECORD -> new EngineRecord();
            case BLOB_KEY -> new BlobKey();
            case REFERENCE_CHANGE -> new ReferenceChange();
            case ECHO -> new EchoCall();
            case LAYOUT -> new Layout();
            case CODE_ANSWER -> new CodeAnswerCall();
            case VALUE_HEADING -> new ValueHeading();
            case READ_HEADING -> new ReadHeading();
            case HEAD -> new ReadHead.Head();
            case READ_HEAD -> new ReadHead();
            case REMOVE_UNCHANGED -> new RemoveUnchanged();
            case MEMORY -> new MemoryCall();
            case MEMORY_REPLY -> new MemoryReply();
            case SAFE -> new SafeCall();
            case STORE_PIECES -> new StorePieces();
            case MEMORY_TOKEN -> new MemoryTokenCall();
            case REMOVE_PIECES -> new RemovePieces();
            case STORE_PENDING -> new StorePendingCall();
            default -> throw new IllegalArgumentException("unknown wire type " + typeId);
        };
    }
}
