// Node has it; its types come only with those of a browser's window, which a server must not see.
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>;
  function instantiate(
    bytes: Uint8Array,
    imports: Imports,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
}
