'use client';

import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconLogout } from '@tabler/icons-react';

const schemes = [
  { value: 'auto', label: 'Auto' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Who is signed in, how the portal looks, and the way out. */
export function PersonMenu(props: { person: string | undefined; organization: string | undefined }) {
  const { person, organization } = props;
  return (
    <Menu width={270} position="bottom-end" shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton
          aria-label={person ? `Account of ${person}` : 'Account'}
          style={{ borderRadius: 999 }}
        >
          <Avatar size={36} color="tide" variant="light" name={person} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '10px 12px 6px' }}>
          <Text fw={600} size="sm">
            {person ?? 'Signed in'}
          </Text>
          <Text size="sm" c="dimmed">
            {organization}
          </Text>
        </div>
        <Menu.Divider />
        <div style={{ padding: '6px 12px 10px' }}>
          <Text size="xs" c="dimmed" mb={6} id="appearance-label">
            Appearance
          </Text>
          <SchemeSwitch />
        </div>
        <Menu.Divider />
        <form method="post" action="/auth/sign-out">
          <Menu.Item component="button" type="submit" leftSection={<IconLogout size={16} aria-hidden />}>
            Sign out
          </Menu.Item>
        </form>
      </Menu.Dropdown>
    </Menu>
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
