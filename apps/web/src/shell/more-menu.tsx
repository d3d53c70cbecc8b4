import { Menu, UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import Link from 'next/link';
import classes from './header.module.css';

export interface MoreMenuProps<Place> {
  places: readonly Place[];
  isHere(place: Place): boolean;
}

/** The places that have no room beside the others on a narrow screen. */
export function MoreMenu<Place extends { href: string; label: string }>({
  places,
  isHere,
}: MoreMenuProps<Place>) {
  return (
    <Menu position="bottom-end" shadow="md" width={190}>
      <Menu.Target>
        <UnstyledButton
          className={classes.more}
          aria-label="More pages"
          data-here={places.some(isHere) || undefined}
        >
          <IconDots size={20} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.morePages}>
        {places.map((place) => (
          <Menu.Item
            key={place.href}
            component={Link}
            href={place.href}
            aria-current={isHere(place) ? 'page' : undefined}
          >
            {place.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
