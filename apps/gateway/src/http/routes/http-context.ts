import type { Viewer } from '../../identity/viewer.js';
import { OperationContext, type SchemaDeps } from '../../schema/context.js';

/** An operation over HTTP, and where it came from: whoever is not signed in is told apart by that. */
export class HttpContext extends OperationContext {
  readonly address: string;

  constructor(deps: SchemaDeps, viewer: Viewer | null, address: string) {
    super(deps, viewer);
    this.address = address;
  }
}
