package dev.millrace.flink.online;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;

/**
 * One guarded write in flight. The task thread sends it and reads its state; Redis's answer arrives
 * on the client's thread.
 */
final class RowWrite {
  private enum State {
    SENT,
    ACKNOWLEDGED,
    REFUSED
  }

  private final byte[] arguments;
  private final int count;
  private volatile State state = State.SENT;
  private volatile String error;

  /**
   * @param arguments arguments of EVALSHA in wire form
   * @param count how many
   */
  RowWrite(byte[] arguments, int count) {
    this.arguments = arguments;
    this.count = count;
  }

  int bytes() {
    return arguments.length;
  }

  boolean isAcknowledged() {
    return state == State.ACKNOWLEDGED;
  }

  /** Why Redis refused the write, or null; a refused write is to be sent again. */
  String refusal() {
    return state == State.REFUSED ? error : null;
  }

  /**
   * A command for the next attempt.
   *
   * @param answered called on the client's thread when the answer is there
   */
  Command<byte[], byte[], Long> attempt(Runnable answered) {
    state = State.SENT;
    return new Attempt(answered);
  }

  private void refuse(String why) {
    error = why;
    state = State.REFUSED;
  }

  private final class Attempt extends Command<byte[], byte[], Long> {
    private final Runnable answered;

    private Attempt(Runnable answered) {
      super(
          CommandType.EVALSHA,
          new IntegerOutput<>(ByteArrayCodec.INSTANCE),
          new Encoded(arguments, count));
      this.answered = answered;
    }

    @Override
    public void complete() {
      super.complete();
      if (getOutput().hasError()) {
        refuse(getOutput().getError());
      } else {
        state = State.ACKNOWLEDGED;
      }
      answered.run();
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
      boolean first = super.completeExceptionally(cause);
      refuse(String.valueOf(cause.getMessage()));
      answered.run();
      return first;
    }

    @Override
    public void cancel() {
      super.cancel();
      refuse("the connection was closed");
      answered.run();
    }
  }

  /** Arguments that are in wire form already. */
  private static final class Encoded extends CommandArgs<byte[], byte[]> {
    private final byte[] wire;
    private final int count;

    private Encoded(byte[] wire, int count) {
      super(ByteArrayCodec.INSTANCE);
      this.wire = wire;
      this.count = count;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public void encode(ByteBuf buffer) {
      buffer.writeBytes(wire);
    }
  }
}
