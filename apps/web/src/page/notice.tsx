import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

export interface NoticeProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  heading?: 1 | 2;
}

/** A page or panel that has nothing to show: says why and what to do next. */
export function Notice({ icon, title, children, action, heading = 2 }: NoticeProps) {
  const Heading = `h${heading}` as const;
  return (
    <section className={classes.notice}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Heading className={classes.title}>{title}</Heading>
      <p className={classes.text}>{children}</p>
      {action}
    </section>
  );
}

export function RetryButton({ onClick, loading }: { onClick: () => void; loading?: boolean }) {
  return (
    <Button variant="default" onClick={onClick} loading={loading}>
      Try again
    </Button>
  );
}
