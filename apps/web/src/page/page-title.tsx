import type { ReactNode } from 'react';
import classes from './page-title.module.css';

export function PageTitle({ title, text, side }: { title: string; text?: string; side?: ReactNode }) {
  return (
    <div className={classes.row}>
      <div>
        <h1 className={classes.title}>{title}</h1>
        {text && <p className={classes.text}>{text}</p>}
      </div>
      {side}
    </div>
  );
}
