/** What a page of ours may load and run: its own files, and what it makes itself. No code that comes as text. */
const DIRECTIVES = {
  'default-src': "'none'",
  // WebAssembly is compiled from bytes that lie inside our own scripts.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  // Pictures of atoms, densities and figures are made in the page.
  'img-src': "'self' blob: data:",
  // Plotly and React put styles on elements; a style cannot fetch anything that the other lines do not allow.
  'style-src': "'self' 'unsafe-inline'",
  'font-src': "'self' data:",
  'manifest-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The content security policy as a meta tag takes it. */
export const CONTENT_POLICY = Object.entries(DIRECTIVES)
  .map(([name, sources]) => `${name} ${sources}`)
  .join('; ');

/** What a server sends with every file; workers have the policy from here alone. Framing can be forbidden only here. */
export const POLICY_HEADERS = {
  'Content-Security-Policy': `${CONTENT_POLICY}; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
