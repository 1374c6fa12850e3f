package dev.sidecar.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecar.json.SidecarJson;
import dev.sidecar.runtime.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;
import org.openqa.selenium.support.ui.Select;
import tools.jackson.databind.JsonNode;

/** The page of the report in the documentation, from disk, in a real browser. */
class ReportPageIT {

    private static final Path REPORT = Path.of("../docs/report/compare.json");
    private static final int PHONE_WIDTH = 390;

    /** What the Web Content Accessibility Guidelines ask of text, and of lines in a drawing (1.4.3 and 1.4.11). */
    private static final double TEXT_CONTRAST = 4.5;

    private static final double LINE_CONTRAST = 3;

    @TempDir
    static Path directory;

    private static JsonNode report;
    private static Path page;
    private static ChromeDriver browser;

    @BeforeAll
    static void open() throws IOException {
        report = SidecarJson.mapper().readTree(Files.readString(REPORT));
        Report.write(directory, report);
        page = directory.resolve("index.html");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium"))
                .addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(program("chromedriver")).toFile())
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(driver, options);
    }

    private static String program(String name) {
        return Commands.find(name)
                .orElseThrow(() -> new AssertionError(name + " is missing"))
                .toString();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void asItIsAtFirst() {
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        scheme("light");
        browser.manage().window().setSize(new Dimension(1280, 900));
        browser.get("about:blank");
        browser.get(page.toUri().toString());
    }

    private static void scheme(String name) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    private static Object script(String text, Object... arguments) {
        return browser.executeScript(text, arguments);
    }

    private static long number(String text, Object... arguments) {
        return ((Number) script("return " + text, arguments)).longValue();
    }

    @Test
    void drawsEveryPlotWithoutAnErrorAndWithoutTheNetwork() {
        long calls = 0;
        for (JsonNode operation : report.path("operations")) {
            calls += operation.path("id").asString().startsWith("wire-") ? 0 : 1;
        }
        long runs = report.path("blastRadius").size() + report.path("upgrade").size();
        assertThat(runs).isPositive();
        assertThat(number("document.querySelectorAll('canvas').length")).isEqualTo(calls + runs);
        long blank = number(
                """
                [...document.querySelectorAll('canvas')].filter((canvas) => {
                  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                  return pixels.every((value) => value === pixels[0]);
                }).length""");
        assertThat(blank).isZero();
        assertThat(number("performance.getEntriesByType('resource').length")).isZero();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .isEmpty();
    }

    @Test
    void weighsAgainWhenAnAnswerChangesAndItsAddressKeepsIt() {
        String before = verdict();
        answer("Languages", "go, node, python");
        choose("Who owns", "other-organization");
        choose("Must a broken", "strict");
        answer("Memory of one", "4096");
        assertThat(verdict()).isNotEqualTo(before).contains("sidecar");
        answer("Instances on one", "60");
        answer("Memory of one", "64");
        answer("Feature calls", "1");
        choose("Must the feature", "no");
        choose("Must it scale", "yes");
        String neither = verdict();
        assertThat(neither).contains("neither");

        String address = browser.getCurrentUrl();
        browser.get("about:blank");
        browser.get(address);
        assertThat(verdict()).isEqualTo(neither);
    }

    @Test
    void showsTheWorkingAndTakesOtherWeights() {
        List<WebElement> rows = browser.findElements(By.cssSelector(".working tbody tr"));
        assertThat(rows).hasSizeGreaterThanOrEqualTo(9);
        String sum = browser.findElement(By.cssSelector(".bar .num")).getText();
        WebElement weight = browser.findElement(By.cssSelector("[data-weight=memory]"));
        weight.sendKeys(org.openqa.selenium.Keys.chord(org.openqa.selenium.Keys.CONTROL, "a"), "9");
        assertThat(browser.findElement(By.cssSelector(".bar .num")).getText()).isNotEqualTo(sum);
    }

    private static String verdict() {
        return browser.findElement(By.className("verdict")).getText();
    }

    private static WebElement field(String label) {
        return browser.findElements(By.cssSelector("form label")).stream()
                .filter(one -> one.getText().startsWith(label))
                .findFirst()
                .orElseThrow()
                .findElement(By.cssSelector("input, select"));
    }

    private static void answer(String label, String value) {
        WebElement field = field(label);
        field.clear();
        field.sendKeys(value);
    }

    private static void choose(String label, String value) {
        new Select(field(label)).selectByValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void canBeReadInLightAndInDark(String scheme) {
        scheme(scheme);
        browser.navigate().refresh();
        for (String text : List.of("ink", "soft", "bad", "good", "accent")) {
            assertThat(contrast(text, "card")).as(text).isGreaterThanOrEqualTo(TEXT_CONTRAST);
            assertThat(contrast(text, "paper")).as(text).isGreaterThanOrEqualTo(TEXT_CONTRAST);
        }
        assertThat(contrast("warn-ink", "warn-back")).isGreaterThanOrEqualTo(TEXT_CONTRAST);
        for (String line : List.of("none", "library", "sidecar-unix", "sidecar-tcp", "service")) {
            assertThat(contrast(line, "card")).as(line).isGreaterThanOrEqualTo(LINE_CONTRAST);
        }
    }

    /** Relative luminance as the guidelines define it. */
    private static double contrast(String one, String other) {
        return ((Number) script(
                        """
                const luminance = (name) => {
                  const hex = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim().slice(1);
                  const full = hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
                  const [r, g, b] = [0, 2, 4].map((i) => parseInt(full.slice(i, i + 2), 16) / 255)
                    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const [low, high] = [luminance(arguments[0]), luminance(arguments[1])].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05);""",
                        one,
                        other))
                .doubleValue();
    }

    /** Who cannot tell the colours apart has the dashes. */
    @Test
    void eachWayHasADashOfItsOwn() {
        assertThat((List<?>) script("return [...document.querySelectorAll('#latency .legend line')].map((l) =>"
                        + " l.getAttribute('stroke-dasharray'))"))
                .hasSize(Way.values().length)
                .doesNotHaveDuplicates();
    }

    @Test
    void fitsAPhone() {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", PHONE_WIDTH, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        browser.navigate().refresh();
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(PHONE_WIDTH);
        assertThat(number("Math.max(...[...document.querySelectorAll('.uplot')].map((plot) =>"
                        + " plot.getBoundingClientRect().right))"))
                .isLessThanOrEqualTo(PHONE_WIDTH);
    }

    @Test
    void goesOnPaper() {
        assertThat(browser.print(new PrintOptions()).getContent()).startsWith("JVBERi");
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        try {
            assertThat(script("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
            assertThat(script("return getComputedStyle(document.querySelector('nav')).display"))
                    .isEqualTo("none");
        } finally {
            browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        }
    }
}
