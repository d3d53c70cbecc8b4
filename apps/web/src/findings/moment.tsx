/** An instant as people say it: the time today, else the day and the time; the full date on hover. */
export function Moment({ at }: { at: string }) {
  const date = new Date(at);
  const time = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const today = new Date();
  const isToday = date.toDateString() === today.toDateString();
  const day = date.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(date.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }),
  });
  return (
    <time dateTime={at} title={date.toLocaleString()}>
      {isToday ? `Today ${time}` : `${day}, ${time}`}
    </time>
  );
}
