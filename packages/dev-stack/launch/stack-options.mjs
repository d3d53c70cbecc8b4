/** Of `npm start` and `npm run dev`, as their help tells them. */
export const stackOptions = `  --port N      of the portal, 3000 when left out
  --home DIR    where data, logs and secrets are kept; ~/.local/share/lucency when left out
  --no-samples  submits no drawn pictures at the first start
  --observe     adds a page with traces and metrics`;

/** Prints the help and ends the process where it is asked for: before anything is installed or built. */
export function help(usage) {
  if (!process.argv.slice(2).some((word) => word === '--help' || word === '-h')) return;
  console.log(`${usage}\n${stackOptions}`);
  process.exit(0);
}
