'use client';

import { useQuery } from '@apollo/client/react';
import {
  IconChartDots,
  IconHistory,
  IconLayoutList,
  IconSend,
  IconServer,
  IconUpload,
} from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { viewerQuery } from '../api/study-parts';
import { knownDestinations } from '../delivery/delivery-documents';
import type { ViewerQuery } from '../gql/graphql';
import classes from './header.module.css';
import { Mark } from './mark';
import { MoreMenu } from './more-menu';
import { PersonMenu } from './person-menu';

const places = [
  { href: '/', label: 'Worklist', icon: IconLayoutList },
  { href: '/submit', label: 'Submit', icon: IconUpload },
  { href: '/performance', label: 'Model', icon: IconChartDots },
] as const;
const deliveries = { href: '/deliveries', label: 'Deliveries', icon: IconSend } as const;
const destinations = { href: '/destinations', label: 'Destinations', icon: IconServer } as const;
const audit = { href: '/audit', label: 'Audit', icon: IconHistory } as const;

type Place = (typeof places)[number] | typeof deliveries | typeof destinations | typeof audit;

export function Header() {
  const path = usePathname();
  const { data } = useQuery(viewerQuery);
  const known = useQuery(knownDestinations);
  const further = furtherPlaces(data?.viewer, known.data?.destinations.length);
  return (
    <header className={classes.header}>
      <div className={classes.inner}>
        <Link href="/" className={classes.brand} aria-label="Lucency, to the worklist">
          <Mark />
          <span className={classes.name}>Lucency</span>
        </Link>
        <nav aria-label="Main" className={classes.nav}>
          {places.map((place) => (
            <PlaceLink key={place.href} place={place} path={path} />
          ))}
          {further.map((place) => (
            <PlaceLink key={place.href} place={place} path={path} isFurther />
          ))}
          {further.length > 0 && <MoreMenu places={further} isHere={({ href }) => isHere(path, href)} />}
        </nav>
        <span className={classes.organization}>{data?.viewer.organization.name}</span>
        <PersonMenu person={data?.viewer.person.name} organization={data?.viewer.organization.name} />
      </div>
    </header>
  );
}

function PlaceLink({ place, path, isFurther }: { place: Place; path: string; isFurther?: boolean }) {
  const { href, label, icon: Icon } = place;
  return (
    <Link
      href={href}
      className={classes.place}
      data-further={isFurther}
      aria-current={isHere(path, href) ? 'page' : undefined}
    >
      <Icon size={18} stroke={1.8} aria-hidden />
      {label}
    </Link>
  );
}

/** What only some people have a use for; nothing while it is not known who this is. */
function furtherPlaces(viewer: ViewerQuery['viewer'] | undefined, known = 0): Place[] {
  const administers = viewer?.sites.some(({ viewerCanAdministrate }) => viewerCanAdministrate) ?? false;
  return [
    ...(administers || known > 0 ? [deliveries] : []),
    ...(administers ? [destinations] : []),
    ...(viewer?.readsAudit ? [audit] : []),
  ];
}

function isHere(path: string, href: string): boolean {
  return href === '/' ? path === '/' || path.startsWith('/studies') : path.startsWith(href);
}
