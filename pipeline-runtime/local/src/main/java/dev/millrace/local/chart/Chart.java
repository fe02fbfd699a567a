package dev.millrace.local.chart;

import java.util.List;

/**
 * A chart over categories (days, runs, percentiles) as SVG, with a table of the same figures below
 * it for those who cannot see it. Colours are classes of {@link Page}, so that they follow the
 * reader's light or dark mode.
 *
 * @param title what it shows
 * @param unit unit of its values
 * @param categories names along the x axis, in order
 * @param bars drawn as stacked bars
 * @param lines drawn as lines over the bars
 */
public record Chart(
    String title, String unit, List<String> categories, List<Series> bars, List<Series> lines) {
  private static final double WIDTH = 760;
  private static final double HEIGHT = 240;
  private static final double LEFT = 64;
  private static final double RIGHT = 12;
  private static final double TOP = 12;
  private static final double BOTTOM = 34;
  private static final int MOST_NAMES = 8;

  public Chart {
    categories = List.copyOf(categories);
    bars = List.copyOf(bars);
    lines = List.copyOf(lines);
  }

  /** The figure element. */
  public String html() {
    var html = new StringBuilder("<figure><figcaption>");
    html.append(Markup.escape(title)).append("</figcaption>\n");
    svg(html);
    legend(html);
    new FigureTable("Figures", header(), rows()).append(html);
    return html.append("</figure>\n").toString();
  }

  private void svg(StringBuilder svg) {
    Scale y = Scale.fromZero(greatest(), HEIGHT - BOTTOM, TOP);
    svg.append("<svg role=\"img\" viewBox=\"0 0 ")
        .append(Markup.coordinate(WIDTH))
        .append(' ')
        .append(Markup.coordinate(HEIGHT))
        .append("\"><title>")
        .append(Markup.escape(title + ", " + unit))
        .append("</title>\n");
    for (double tick : y.ticks()) {
      double at = y.at(tick);
      svg.append("<line class=\"grid\"").append(points(LEFT, at, WIDTH - RIGHT, at)).append("/>");
      text(svg, "end", LEFT - 6, at + 4, Markup.number(tick));
    }
    names(svg);
    double[] below = new double[categories.size()];
    for (Series series : bars) {
      bars(svg, series, below, y);
    }
    lines.forEach(series -> line(svg, series, y));
    svg.append("</svg>\n");
  }

  private void names(StringBuilder svg) {
    int every = Math.max(1, (categories.size() + MOST_NAMES - 1) / MOST_NAMES);
    for (int i = 0; i < categories.size(); i += every) {
      text(svg, "middle", middle(i), HEIGHT - BOTTOM + 18, categories.get(i));
    }
  }

  private void bars(StringBuilder svg, Series series, double[] below, Scale y) {
    double width = Math.max(0.5, slot() * 0.8);
    for (int i = 0; i < categories.size(); i++) {
      Double value = series.values().get(i);
      if (value != null && value > 0) {
        double top = y.at(below[i] + value);
        svg.append("<rect class=\"").append(series.style()).append("\" x=\"");
        svg.append(Markup.coordinate(middle(i) - width / 2)).append("\" y=\"");
        svg.append(Markup.coordinate(top)).append("\" width=\"").append(Markup.coordinate(width));
        svg.append("\" height=\"").append(Markup.coordinate(y.at(below[i]) - top)).append("\"/>");
        below[i] += value;
      }
    }
    svg.append('\n');
  }

  private void line(StringBuilder svg, Series series, Scale y) {
    var points = new StringBuilder();
    for (int i = 0; i < categories.size(); i++) {
      Double value = series.values().get(i);
      if (value != null) {
        String x = Markup.coordinate(middle(i));
        String at = Markup.coordinate(y.at(value));
        points.append(points.length() == 0 ? "" : " ").append(x).append(',').append(at);
        if (!series.isLimit()) {
          svg.append("<circle class=\"").append(series.style()).append("\" cx=\"").append(x);
          svg.append("\" cy=\"").append(at).append("\" r=\"2.5\"/>");
        }
      }
    }
    svg.append("<polyline class=\"").append(series.style()).append("\" points=\"");
    svg.append(points).append("\"/>\n");
  }

  private void legend(StringBuilder html) {
    html.append("<p class=\"legend\">");
    for (Series series : all()) {
      html.append("<span class=\"key ").append(series.style()).append("\"></span>");
      html.append(Markup.escape(series.name())).append(' ');
    }
    html.append("<span class=\"unit\">y: ").append(Markup.escape(unit)).append("</span></p>\n");
  }

  private List<String> header() {
    var header = new java.util.ArrayList<String>(List.of(""));
    all().forEach(series -> header.add(series.name()));
    return header;
  }

  private List<List<String>> rows() {
    var rows = new java.util.ArrayList<List<String>>();
    for (int i = 0; i < categories.size(); i++) {
      var row = new java.util.ArrayList<String>(List.of(categories.get(i)));
      for (Series series : all()) {
        Double value = series.values().get(i);
        row.add(value == null ? "" : Markup.number(value));
      }
      rows.add(row);
    }
    return rows;
  }

  private List<Series> all() {
    var all = new java.util.ArrayList<>(bars);
    all.addAll(lines);
    return all;
  }

  private double greatest() {
    double greatest = 0;
    for (int i = 0; i < categories.size(); i++) {
      int category = i;
      double stacked =
          bars.stream()
              .map(series -> series.values().get(category))
              .filter(value -> value != null)
              .mapToDouble(value -> value)
              .sum();
      greatest = Math.max(greatest, stacked);
      for (Series series : lines) {
        Double value = series.values().get(i);
        greatest = value == null ? greatest : Math.max(greatest, value);
      }
    }
    return greatest;
  }

  private double slot() {
    return (WIDTH - LEFT - RIGHT) / Math.max(1, categories.size());
  }

  private double middle(int category) {
    return LEFT + slot() * (category + 0.5);
  }

  private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
    svg.append("<text text-anchor=\"").append(anchor).append("\" x=\"");
    svg.append(Markup.coordinate(x)).append("\" y=\"").append(Markup.coordinate(y)).append("\">");
    svg.append(Markup.escape(text)).append("</text>\n");
  }

  private static String points(double x1, double y1, double x2, double y2) {
    return " x1=\""
        + Markup.coordinate(x1)
        + "\" y1=\""
        + Markup.coordinate(y1)
        + "\" x2=\""
        + Markup.coordinate(x2)
        + "\" y2=\""
        + Markup.coordinate(y2)
        + "\"";
  }
}
