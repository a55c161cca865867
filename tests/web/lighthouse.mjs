// Lighthouse on home, an article and a section of the built site, as a phone sees them; fails below 100 in any category
// or above ten requests.
// node lighthouse.mjs OUTPUT CHROME
import { spawn } from "node:child_process";
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createGzip } from "node:zlib";
import lighthouse from "lighthouse";

const [output, chrome] = process.argv.slice(2);
const MOST = 10; // requests of home and of an article
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".woff2": "font/woff2", ".xml": "application/xml",
  ".json": "application/json", ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json",
};
const PACKED = new Set([".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".webmanifest"]);

// A static host: gzip for what is text, a year for what carries its content in its name, 404.html for the rest.
const server = createServer((request, response) => {
  let path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (path.endsWith("/")) path += "index.html";
  let file = join(output, path), status = 200;
  if (!existsSync(file) || statSync(file).isDirectory()) [file, status] = [join(output, "404.html"), 404];
  const type = extname(file), headers = { "content-type": TYPES[type] ?? "application/octet-stream" };
  headers["cache-control"] = /^\/(assets|pictures)\//.test(path) ? "max-age=31536000, immutable" : "max-age=60";
  if (PACKED.has(type)) headers["content-encoding"] = "gzip";
  response.writeHead(status, headers);
  const bytes = createReadStream(file);
  (PACKED.has(type) ? bytes.pipe(createGzip()) : bytes).pipe(response);
});
await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), "mujaz-lighthouse-"));
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--remote-debugging-port=0"];
const browser = spawn(chrome, [...flags, `--user-data-dir=${profile}`, "about:blank"], { stdio: "ignore" });
const portFile = join(profile, "DevToolsActivePort");
for (let tries = 0; !existsSync(portFile) && tries < 150; tries++) await wait(100);
const port = Number(readFileSync(portFile, "utf8").split("\n")[0]);

// The article is the newest that the home page leads with, the section the first of its navigation.
const home = readFileSync(join(output, "index.html"), "utf8");
const article = home.match(/<article class="card lead[\s\S]*?<h2[^>]*><a href="([^"]+)"/)[1];
const section = home.match(/<nav class="sections"[\s\S]*?<a href="([^"]+)"/)[1];

let short = 0;
try {
  for (const [name, path] of [["home", "/"], ["article", article], ["section", section]]) {
    const { lhr } = await lighthouse(address + path, { port, onlyCategories: CATEGORIES, logLevel: "error" });
    const scores = CATEGORIES.map(category => Math.round(lhr.categories[category].score * 100));
    const requests = lhr.audits["network-requests"].details.items;
    const addresses = new Set(requests.map(one => one.url)); // the icon is told twice
    const metrics = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]
      .map(id => `${id} ${lhr.audits[id].displayValue}`);
    const kilobytes = requests.reduce((sum, one) => sum + (one.transferSize ?? 0), 0) / 1000;
    console.log(`${name}: ${scores.join(" / ")}   ${addresses.size} requests, ${kilobytes.toFixed(1)} kB; ${metrics.join(", ")}`);
    for (const category of CATEGORIES) {
      for (const { id, weight } of lhr.categories[category].auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < (category === "performance" ? .9 : 1)) {
          console.log(`  ${category}: ${audit.title} (${audit.score}) ${audit.displayValue ?? ""}`);
        }
      }
    }
    short += scores.filter(score => score < 100).length + (name !== "section" && addresses.size > MOST);
  }
} finally {
  browser.kill();
  server.close();
  server.closeAllConnections();
  await wait(300);
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(short ? 1 : 0);
