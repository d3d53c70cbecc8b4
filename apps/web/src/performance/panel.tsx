import type { ReactNode } from 'react';
import classes from './panel.module.css';

export function Panel({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={classes.panel} data-wide={wide || undefined}>
      <h2 className={classes.title}>{title}</h2>
      {children}
    </section>
  );
}
