import { Kbd, Modal } from '@mantine/core';
import { useState } from 'react';
import classes from './keyboard-help.module.css';
import { useKeys } from './use-keys';

const groups: readonly { title: string; keys: readonly [keys: readonly string[], does: string][] }[] = [
  {
    title: 'Worklist',
    keys: [
      [['J'], 'Next row'],
      [['K'], 'Row before'],
      [['Enter'], 'Open the study'],
      [['N'], 'Open the most urgent study that waits for your review'],
      [['/'], 'Search'],
    ],
  },
  {
    title: 'Review',
    keys: [
      [['A'], 'Agree'],
      [['D'], 'Disagree'],
      [['U'], 'Uncertain'],
      [['Ctrl', 'Enter'], 'Sign'],
      [['N'], 'Next study'],
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      [['?'], 'This help'],
      [['Esc'], 'Close a dialog'],
    ],
  },
];

/** Opens with a question mark, on every page. */
export function KeyboardHelp() {
  const [opened, setOpened] = useState(false);
  useKeys({ '?': () => setOpened(true) });
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      title="Keys"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {groups.map(({ title, keys }) => (
        <section key={title} className={classes.group}>
          <h3 className={classes.title}>{title}</h3>
          <dl className={classes.keys}>
            {keys.map(([pressed, does]) => (
              <div key={does} className={classes.line}>
                <dt>
                  {pressed.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
