// The launcher that @changesets/cli comes with asks for a compile cache, which Node 20 does not have.
await import('@changesets/cli');
