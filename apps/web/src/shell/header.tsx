'use client';

import { useQuery } from '@apollo/client/react';
import { IconChartDots, IconLayoutList, IconUpload } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { viewerQuery } from '../api/study-parts';
import classes from './header.module.css';
import { Mark } from './mark';
import { PersonMenu } from './person-menu';

const places = [
  { href: '/', label: 'Worklist', icon: IconLayoutList },
  { href: '/submit', label: 'Submit', icon: IconUpload },
  { href: '/performance', label: 'Model', icon: IconChartDots },
] as const;

export function Header() {
  const path = usePathname();
  const { data } = useQuery(viewerQuery);
  return (
    <header className={classes.header}>
      <div className={classes.inner}>
        <Link href="/" className={classes.brand} aria-label="Lucency, to the worklist">
          <Mark />
          <span className={classes.name}>Lucency</span>
        </Link>
        <nav aria-label="Main" className={classes.nav}>
          {places.map(({ href, label, icon: Icon }) => (
            <Link
              key={href}
              href={href}
              className={classes.place}
              aria-current={isHere(path, href) ? 'page' : undefined}
            >
              <Icon size={18} stroke={1.8} aria-hidden />
              {label}
            </Link>
          ))}
        </nav>
        <span className={classes.organization}>{data?.viewer.organization.name}</span>
        <PersonMenu person={data?.viewer.person.name} organization={data?.viewer.organization.name} />
      </div>
    </header>
  );
}

function isHere(path: string, href: string): boolean {
  return href === '/' ? path === '/' || path.startsWith('/studies') : path.startsWith(href);
}
