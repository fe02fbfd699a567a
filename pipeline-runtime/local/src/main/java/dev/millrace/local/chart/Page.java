package dev.millrace.local.chart;

/** One self-contained page: no script, nothing from elsewhere, light or dark as the reader's. */
public final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1b1f24;--soft:#59636e;--line:#d1d9e0;--back:#fff;--s1:#0969da;--s2:#9ec7f5;--s3:#1a7f37;--bad:#cf222e}
      @media(prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9198a1;--line:#3d444d;--back:#0d1117;--s1:#4493f8;--s2:#1f4f8f;--s3:#3fb950;--bad:#f85149}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:840px;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.4rem;margin-bottom:.2rem}h2{font-size:1.1rem;margin-top:2rem}
      .lead{color:var(--soft);margin-top:0}.bad{color:var(--bad);font-weight:600}
      figure{margin:1.5rem 0}figcaption{font-weight:600}svg{width:100%;height:auto}
      svg text{font:11px system-ui,sans-serif;fill:var(--soft)}.grid{stroke:var(--line)}
      polyline{stroke-width:1.5}polyline.s1,polyline.s2,polyline.s3,polyline.limit{fill:none}polyline.s1{stroke:var(--s1)}polyline.s2{stroke:var(--s2)}polyline.s3{stroke:var(--s3)}polyline.limit{stroke:var(--bad);stroke-dasharray:5 4}
      .s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}.limit{fill:var(--bad)}
      .legend{margin:.2rem 0;color:var(--soft)}.key{display:inline-block;width:.8em;height:.8em;margin-right:.4em}.key.s1{background:var(--s1)}.key.s2{background:var(--s2)}.key.s3{background:var(--s3)}.key.limit{background:var(--bad)}.unit{float:right}
      table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{border-bottom:1px solid var(--line);padding:.2rem .5rem;text-align:right}th:first-child,td:first-child{text-align:left}
      details{color:var(--soft)}
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  public Page(String title) {
    this.title = title;
  }

  public Page heading(String text) {
    body.append("<h2>").append(Markup.escape(text)).append("</h2>\n");
    return this;
  }

  public Page text(String text) {
    body.append("<p>").append(Markup.escape(text)).append("</p>\n");
    return this;
  }

  /** A text that a reader must not miss; it starts with a mark, not only a colour. */
  public Page warning(String text) {
    body.append("<p class=\"bad\">! ").append(Markup.escape(text)).append("</p>\n");
    return this;
  }

  public Page chart(Chart chart) {
    body.append(chart.html());
    return this;
  }

  public Page table(FigureTable table) {
    body.append(table.html());
    return this;
  }

  /** The whole document. */
  public String html() {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>"
        + Markup.escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style></head><body>\n<h1>"
        + Markup.escape(title)
        + "</h1>\n"
        + body
        + "</body></html>\n";
  }
}
