// Opens a page in Chromium, light and dark, narrow and wide, and prints what axe-core finds, and whether the links
// and the keys work. Needs playwright-core and axe-core; CHROMIUM names the browser.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// node axe.mjs PAGE FOLDER, the folder being that of node_modules.
const [page_path, modules] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let failed = 0;
for (const colorScheme of ["light", "dark"]) {
  for (const width of [420, 1400]) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const said = [];
    page.on("pageerror", (error) => said.push(`script: ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) said.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(page_path).href);
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document));
    for (const { id, impact, nodes } of found.violations) said.push(`${impact} ${id}: ${nodes[0].html.slice(0, 160)}`);
    const lost = await page.evaluate(() =>
      [...document.querySelectorAll("a[href^='#']")].filter((a) => !document.getElementById(a.hash.slice(1))).length);
    if (lost) said.push(`${lost} links lead nowhere`);
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((one) => one.id));
    if (new Set(ids).size !== ids.length) said.push("an id is given twice");
    if (await page.locator(".finding").count()) {
      await page.keyboard.press("j");
      const focused = await page.evaluate(() => document.activeElement.id);
      if (focused !== "f1") said.push(`j leads to ${focused || "nothing"}`);
      const box = page.locator(".filters input").first();
      const rule = (await box.getAttribute("id")).slice("rule-".length);
      await box.uncheck();
      if (await page.locator(`.finding[data-rule="${rule}"]:visible`).count()) said.push("a filter does nothing");
    }
    await page.emulateMedia({ media: "print" });
    if (await page.locator(".filters:visible").count()) said.push("filters are printed");
    failed += said.length;
    console.log(`${colorScheme} ${width}: ${said.length ? said.join("\n  ") : "clean"}`);
    await page.close();
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
