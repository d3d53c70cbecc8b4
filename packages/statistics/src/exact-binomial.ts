/**
 * Exact bounds of a share from a count (Clopper and Pearson 1934), by halving on the binomial distribution. Shares of a
 * patient, such as two of three images, are taken at their worst for either bound.
 */
export function exactInterval(count: number, of: number, confidence = 0.95): { low: number; high: number } {
  const outside = (1 - confidence) / 2;
  return {
    low: exactLowerBound(count, of, 1 - outside),
    high: 1 - exactLowerBound(of - count, of, 1 - outside),
  };
}

/** What a share is at least, with this confidence; 0 where nothing was counted. */
export function exactLowerBound(count: number, of: number, confidence = 0.95): number {
  // Sums of shares of patients carry rounding errors.
  const whole = Math.floor(count + 1e-9);
  const trials = Math.round(of);
  if (whole <= 0 || trials <= 0) return 0;
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 50; turn++) {
    const middle = (low + high) / 2;
    if (atLeast(whole, trials, middle) < 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The most failures among `of` trials with which a share of successes is still promised (`exactLowerBound` reaches it);
 * null where not even none would do.
 */
export function mostFailures(of: number, share: number, confidence = 0.95): number | null {
  // A sum of the probabilities of 0, 1, 2 ... failures at just that share.
  let logProbability = of * Math.log(share);
  let sum = Math.exp(logProbability);
  if (of <= 0 || sum > 1 - confidence) return null;
  for (let failures = 0; failures < of; failures++) {
    logProbability += Math.log(of - failures) - Math.log(failures + 1) + Math.log1p(-share) - Math.log(share);
    sum += Math.exp(logProbability);
    if (sum > 1 - confidence) return failures;
  }
  return of;
}

/** Probability of `count` successes or more among `of`. */
function atLeast(count: number, of: number, share: number): number {
  let ways = 0;
  for (let chosen = 0; chosen < count; chosen++) ways += Math.log(of - chosen) - Math.log(chosen + 1);
  let sum = 0;
  for (let successes = count; successes <= of; successes++) {
    sum += Math.exp(ways + successes * Math.log(share) + (of - successes) * Math.log1p(-share));
    ways += Math.log(of - successes) - Math.log(successes + 1);
  }
  return sum;
}
