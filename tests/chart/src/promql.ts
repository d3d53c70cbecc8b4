/** One choice of series in an expression: `lucency_backlog_tasks{kind="classify"}`. */
export interface Selector {
  metric: string;
  matchers: { label: string; regular: boolean; value: string }[];
}

const selector = /\b((?:lucency|process|kubelet|kube)[a-z0-9_:]*)\b(?:\{([^}]*)\})?/gi;
const matcher = /([a-z_]+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;

/** The series that an expression of ours asks for. Reads no PromQL, only names with our beginnings and what follows in braces. */
export function selectorsOf(expression: string): Selector[] {
  return [...expression.matchAll(selector)].map(([, metric = '', braces = '']) => ({
    metric,
    matchers: [...braces.matchAll(matcher)].map(([, label = '', operator = '', value = '']) => ({
      label,
      regular: operator.endsWith('~'),
      value,
    })),
  }));
}
