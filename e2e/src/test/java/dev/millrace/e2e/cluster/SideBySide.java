package dev.millrace.e2e.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;

/** Cases that begin as soon as they are added, some at a time: they wait more than they work. */
public final class SideBySide implements AutoCloseable {
  private final ExecutorService threads;
  private final List<CompletableFuture<?>> running = new ArrayList<>();

  public SideBySide(int atOnce) {
    threads = Executors.newFixedThreadPool(atOnce);
  }

  /** Begins a case as soon as a thread is free. */
  public <T> CompletableFuture<T> begin(Supplier<T> body) {
    return noted(CompletableFuture.supplyAsync(body, threads));
  }

  /** The same once another has ended well. */
  public <S, T> CompletableFuture<T> after(CompletableFuture<S> first, Function<S, T> body) {
    return noted(first.thenApplyAsync(body, threads));
  }

  private <T> CompletableFuture<T> noted(CompletableFuture<T> result) {
    running.add(result);
    return result;
  }

  /** Begins a case; the test waits for its end and passes if that is good. */
  public DynamicTest test(String name, Runnable body) {
    return test(
        name,
        begin(
            () -> {
              body.run();
              return name;
            }));
  }

  /** The test that waits for a case and passes if it ended well. */
  public static DynamicTest test(String name, CompletableFuture<?> result) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            result.join();
          } catch (CompletionException e) {
            throw e.getCause();
          }
        });
  }

  /** Waits for the ends of all, good or bad. */
  public void awaitAll() {
    running.forEach(result -> result.handle((end, failure) -> end).join());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
