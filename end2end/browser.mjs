// The browser that pages are tested in: that of CHROMIUM, or the first that is there. The shell, which never had a window, takes a third less time.
import { existsSync } from "node:fs";

const known = ["chromium-headless-shell", "chromium", "chromium-browser"].map((name) => `/usr/bin/${name}`);
export const executablePath = process.env.CHROMIUM || known.find((path) => existsSync(path)) || known[0];
