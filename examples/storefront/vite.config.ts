import { defineConfig } from 'vite';

import { proxy, storeFile } from './store.config.ts';

export default defineConfig(({ command, isPreview }) => {
  const serves = command === 'serve' || isPreview;
  return {
    plugins: [storeFile()],
    server: serves ? { proxy: proxy() } : undefined,
    preview: serves ? { proxy: proxy() } : undefined,
    build: { target: 'es2022', assetsInlineLimit: 0 },
  };
});
