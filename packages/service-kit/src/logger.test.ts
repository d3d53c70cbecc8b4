import { type Context, context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

function collect() {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
  return { log, last: (): unknown => JSON.parse(lines.at(-1) ?? '{}'), text: () => lines.join('') };
}

describe('the logger', () => {
  it('writes JSON with time, level and service', () => {
    const { log, last } = collect();
    log.info({ studyId: 'a1', ms: 12 }, 'classified');
    expect(last()).toMatchObject({
      level: 'info',
      service: 'test',
      studyId: 'a1',
      ms: 12,
      msg: 'classified',
    });
  });

  it('withholds every field that is not known to be harmless', () => {
    const { log, last, text } = collect();
    log.info({ patientReference: 'MRN-1', accessionNumber: 'A-2', studyId: 'a1' }, 'submitted');
    expect(text()).not.toMatch(/MRN-1|A-2/);
    expect(last()).toMatchObject({ patientReference: '[withheld]', studyId: 'a1' });
  });

  it('withholds the messages of errors that quote what they refuse', () => {
    const { log, text } = collect();
    const refused = Object.assign(new Error('got invalid value "Hidden^One"'), { name: 'GraphQLError' });
    const row = Object.assign(new Error('invalid input syntax: "Hidden^Two"'), {
      severity: 'ERROR',
      code: '22P02',
    });
    const parsed = (() => {
      try {
        return JSON.parse('Hidden^Three');
      } catch (error) {
        return error;
      }
    })();
    const schema = Object.assign(new Error('Unrecognized key: "Hidden^Four"'), { issues: [] });
    const caused = new Error('failed', { cause: parsed });
    for (const error of [refused, row, parsed, schema, caused]) log.error({ error }, 'failed');
    expect(text()).not.toContain('Hidden');
    expect(text()).toContain('22P02');
  });

  it('keeps what the steps of a pipeline took, and nothing but numbers there', () => {
    const { log, last } = collect();
    log.info({ timings: { decode: 7, patientName: 'Hidden^One' } }, 'x');
    expect(last()).toMatchObject({ timings: { decode: 7 } });
    expect(JSON.stringify(last())).not.toContain('Hidden');
  });

  it('withholds them inside others too, and for child loggers and errors', () => {
    const { log, text } = collect();
    log.info({ detail: { patientName: 'Hidden^One' } }, 'x');
    log.child({ patientName: 'Hidden^Two' }).info('x');
    log.error({ error: Object.assign(new Error('failed'), { row: { name: 'Hidden^Three' } }) }, 'x');
    expect(text()).not.toContain('Hidden');
    expect(text()).toContain('failed');
  });

  it('carries the trace of the work in hand', () => {
    const { log, last } = collect();
    const spanContext = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: 1,
    };
    const active = trace.setSpan(ROOT_CONTEXT, trace.wrapSpanContext(spanContext));
    let current: Context = active;
    context.setGlobalContextManager({
      active: () => current,
      with: (next, work, self, ...args) => {
        current = next;
        return work.call(self, ...args);
      },
      bind: (_, target) => target,
      enable() {
        return this;
      },
      disable() {
        return this;
      },
    });
    log.info('x');
    context.disable();
    expect(last()).toMatchObject({ trace_id: spanContext.traceId, span_id: spanContext.spanId });
  });
});
