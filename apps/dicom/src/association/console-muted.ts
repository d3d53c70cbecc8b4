/** What `console-back.ts` gives back. */
export const usualConsole = { warn: console.warn, error: console.error };

/**
 * The parser below the library writes what it does not like to the console, values included, through methods that it binds when it
 * is loaded: they are to lead nowhere.
 */
console.warn = () => undefined;
console.error = () => undefined;
