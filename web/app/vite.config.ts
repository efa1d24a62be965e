import { defaultClientConditions, defineConfig } from 'vite';

// The page's Content-Security-Policy allows what comes from this server and nothing inline: no data: or blob: modules.
export default defineConfig({
  resolve: { conditions: ['foyer-source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: { '/socket.io': { target: 'http://localhost:3000', ws: true } },
  },
});
