import type { ReactNode } from 'react';
import type { Tone } from '../findings/verdict';
import classes from './callout.module.css';

export interface CalloutProps {
  tone: Tone;
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** One thing to know, with what can be done about it. */
export function Callout({ tone, icon, title, children, action }: CalloutProps) {
  return (
    <section className={classes.callout} data-tone={tone} aria-label={title}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <div className={classes.body}>
        <h2 className={classes.title}>{title}</h2>
        <p className={classes.text}>{children}</p>
      </div>
      {action}
    </section>
  );
}
