/** The sign of the product: a field half lit. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="9" fill="#156a78" />
      <circle cx="16" cy="16" r="8.5" fill="none" stroke="#fff" strokeWidth="2.2" opacity=".55" />
      <path d="M16 7.5a8.5 8.5 0 0 1 0 17z" fill="#fff" />
    </svg>
  );
}
