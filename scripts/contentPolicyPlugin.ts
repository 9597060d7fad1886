import type { Plugin } from 'vite';
import { CONTENT_POLICY } from './contentPolicy.mjs';

/** Vite plugin: the built page carries its content security policy, so that it holds on any host. */
export function contentPolicy(): Plugin {
  return {
    name: 'grainscope:content-policy',
    // The server of `npm run dev` puts scripts into the page by itself.
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
