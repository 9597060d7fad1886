// WebAssembly compiled from AssemblyScript by scripts/assemblyscriptPlugin.ts.
declare module '*?wasm-bytes' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
declare module '*?wasm-bytes&relaxed' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
