'use client';

import {
  Avatar,
  Button,
  Popover,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './person-menu.module.css';
import { signOut } from './sign-out';

const schemes = [
  { value: 'auto', label: 'Auto' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Who is signed in, how the portal looks, and the way out. */
export function PersonMenu(props: { person: string | undefined; organization: string | undefined }) {
  const { person, organization } = props;
  const initials = initialsOf(person);
  return (
    <Popover width={270} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        {/* Speech control needs the visible letters within the name. */}
        <UnstyledButton
          className={classes.button}
          aria-label={person ? `${initials}, account of ${person}` : 'Account'}
        >
          <Avatar size={36} classNames={{ placeholder: classes.initials }}>
            {initials}
          </Avatar>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label="Account">
        <div>
          <Text fw={600} size="sm">
            {person ?? 'Signed in'}
          </Text>
          <Text size="sm" c="dimmed">
            {organization}
          </Text>
        </div>
        <div>
          <Text size="xs" c="dimmed" mb={6} id="appearance-label">
            Appearance
          </Text>
          <SchemeSwitch />
        </div>
        <SignOutButton />
      </Popover.Dropdown>
    </Popover>
  );
}

/** At most two letters; null, for the picture of a person, while the name is not known. */
function initialsOf(name: string | undefined): string | null {
  const letters = name?.match(/\p{L}+/gu)?.map((word) => word.charAt(0).toUpperCase());
  return letters?.slice(0, 2).join('') || null;
}

function SignOutButton() {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const run = async () => {
    setState('busy');
    await signOut().catch(() => setState('failed'));
  };
  return (
    <div>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconLogout size={16} aria-hidden />}
        loading={state === 'busy'}
        onClick={() => void run()}
      >
        Sign out
      </Button>
      {state === 'failed' && (
        <Text size="sm" c="red" mt={8} role="alert">
          You are still signed in: Lucency cannot be reached. Try again.
        </Text>
      )}
    </div>
  );
}

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server does not know the choice: showing it before mounting would not match.
  const mounted = useMounted();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-labelledby="appearance-label"
      data={[...schemes]}
      value={mounted ? colorScheme : 'auto'}
      onChange={setColorScheme}
    />
  );
}
