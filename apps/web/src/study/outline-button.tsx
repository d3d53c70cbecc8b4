import { Button, Kbd } from '@mantine/core';
import { IconLungs } from '@tabler/icons-react';
import classes from './outline-button.module.css';

export const outlineKey = 'L';

export interface OutlineButtonProps {
  isOn: boolean;
  /** No lungs are known. */
  disabled: boolean;
  onToggle(): void;
}

/** Shows and hides the lungs that were found. */
export function OutlineButton({ isOn, disabled, onToggle }: OutlineButtonProps) {
  return (
    <Button
      className={classes.button}
      variant="default"
      leftSection={<IconLungs size={18} stroke={1.7} aria-hidden />}
      rightSection={
        <Kbd size="xs" className={classes.key} aria-hidden>
          {outlineKey}
        </Kbd>
      }
      aria-pressed={isOn}
      aria-keyshortcuts={outlineKey}
      data-on={isOn || undefined}
      disabled={disabled}
      onClick={onToggle}
    >
      Outline lungs
    </Button>
  );
}
