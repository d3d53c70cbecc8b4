import { isSpanContextValid, trace } from '@opentelemetry/api';
import pino from 'pino';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** What services log with; Fastify takes it as its own. */
export interface Logger extends Pick<pino.BaseLogger, LogLevel | 'level'> {
  /** A logger whose every line carries these fields too. */
  child(fields: pino.Bindings, options?: pino.ChildLoggerOptions): Logger;
}

export interface LoggerOptions {
  service: string;
  level?: LogLevel | undefined;
  /** Standard output when left out. */
  destination?: pino.DestinationStream;
}

/**
 * What may be logged. A list of what is forbidden would miss the next field that someone adds to a study;
 * this one holds back everything that nobody has judged harmless.
 */
const harmlessKeys = new Set(
  `service component event reason code detail error err state status outcome step role signal exitCode pid
  studyId imageId taskId readingId organizationId siteId uploadId requestId reqId trace_id span_id
  kind priority attempt deliveries tries revision subject stream consumer sequence queue pending worker
  modelId engine precision threads width height bytes count size slots batch rows version migration
  ms seconds delayMs delaySeconds durationMs waitMs deadlineMs dueInMs responseTime retryAfterSeconds
  method operation operationName cost depth statusCode host port calledAeTitle callingAeTitle`.split(/\s+/),
);

const quotingNames =
  /^(GraphQLError|Pothos|Prisma|Syntax|URI|\$?Zod|InputValidation|Validation|UserInput|BadRequest|JWT|JW[ESK])/;

/**
 * GraphQL, Postgres, Prisma and whatever parses write the values that they refuse into their messages: JSON.parse quotes
 * the text, zod the keys, Pothos the id.
 */
function quotesItsInput(error: Error): boolean {
  const names = [error.name, error.constructor.name];
  return names.some((name) => quotingNames.test(name)) || 'severity' in error || 'issues' in error;
}

/** What a reader needs of an error, without the fields that libraries hang on it (queries, requests). */
function describeError(error: Error): Record<string, unknown> {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: quotesItsInput(error) ? '[withheld]' : error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}

function withhold(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      if (key === 'timings') return [key, numbersOf(value)];
      return [key, harmlessKeys.has(key) ? redact(value) : '[withheld]'];
    }),
  );
}

/** The steps of a pipeline have names of their own; what they took is a number and nothing else is kept. */
function numbersOf(timings: unknown): Record<string, number> {
  const entries: [string, unknown][] = Object.entries(timings ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

function redact(value: unknown): unknown {
  if (value instanceof Error) return describeError(value);
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return withhold(value);
}

/** The trace of the work in hand, so that a log line can be found from a trace and the other way round. */
function currentTrace(): Record<string, string> {
  const context = trace.getActiveSpan()?.spanContext();
  if (!context || !isSpanContextValid(context)) return {};
  return { trace_id: context.traceId, span_id: context.spanId };
}

/**
 * JSON lines for machines: time, level, service, message and the harmless fields of what was passed.
 * Any other field is replaced by "[withheld]". Write no patient data into the message itself.
 */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: currentTrace,
      formatters: {
        level: (label) => ({ level: label }),
        log: withhold,
      },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
  return withGuardedChildren(logger);
}

/** pino formats the fields of a line, but not those that a child logger adds to all of its lines. */
function withGuardedChildren(logger: pino.Logger): Logger {
  return {
    level: logger.level,
    trace: logger.trace.bind(logger),
    debug: logger.debug.bind(logger),
    info: logger.info.bind(logger),
    warn: logger.warn.bind(logger),
    error: logger.error.bind(logger),
    fatal: logger.fatal.bind(logger),
    silent: logger.silent.bind(logger),
    child: (fields, options) => withGuardedChildren(logger.child(withhold(fields), options)),
  };
}
