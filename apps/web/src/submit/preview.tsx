import { IconFileUnknown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import classes from './submission-row.module.css';

/** A small picture of the file, so that a mix-up is seen before sending. */
export function Preview({ file, usable }: { file: File; usable: boolean }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!usable) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file, usable]);
  return (
    <div className={classes.preview}>
      {address ? <img src={address} alt="" /> : <IconFileUnknown size={26} stroke={1.4} aria-hidden />}
    </div>
  );
}
