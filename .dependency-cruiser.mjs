/** The one import direction that Biome has no rule for; docs/adr/0014-import-directions.md. */
export default {
  forbidden: [
    {
      name: 'no-circle-of-folders',
      comment:
        'Folders that import each other are one. Move what both need into a folder that knows neither.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // Types are imports, too: who reads one file has to read the other.
    tsPreCompilationDeps: true,
    includeOnly: '^((apps|packages|tests)/[^/]+|bench|capacity|training|load-tests)/src/',
    // Tests may use the whole house.
    exclude: { path: ['[.]test[.]tsx?$', '/testing/', '/generated/'] },
  },
};
