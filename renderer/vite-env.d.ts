/// <reference types="vite/client" />

interface Window {
  /** Set by the window's preload; absent in a browser. */
  readonly mailwright?: { readonly door: 'window' }
}
