import { Combobox, TextInput, type TextInputProps, useCombobox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './search-box.module.css';

export interface Choice {
  value: string;
  label: string;
  /** What tells it from others of the same name. */
  hint?: string | undefined;
}

interface Props
  extends Pick<TextInputProps, 'label' | 'description' | 'placeholder' | 'error' | 'id' | 'aria-label' | 'size'> {
  typed: string;
  onType: (typed: string) => void;
  choices: readonly Choice[];
  onPick: (value: string) => void;
  /** Said below the box while what is typed has been looked up and nothing was found. */
  nothing?: string | undefined;
}

/** A box in which one types and picks from what is found; the box is empty again afterwards. */
export function SearchBox({ typed, onType, choices, onPick, nothing, ...input }: Props) {
  const { t } = useTranslation('parts');
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const open = typed.trim() !== '' && choices.length > 0;
  return (
    <Combobox
      store={list}
      size="md"
      shadow="md"
      onOptionSubmit={(value) => {
        onPick(value);
        onType('');
        list.closeDropdown();
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          {...input}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            onType(event.currentTarget.value);
            list.openDropdown();
            list.resetSelectedOption();
          }}
          onClick={() => list.openDropdown()}
          onFocus={() => list.openDropdown()}
          onBlur={() => list.closeDropdown()}
          onKeyDown={(event) => {
            // Enter without a choice takes the first one: what was typed must not stay behind unnoticed.
            if (event.key !== 'Enter' || !open || list.getSelectedOptionIndex() >= 0) return;
            event.preventDefault();
            const [first] = choices;
            if (first) onPick(first.value);
            onType('');
            list.closeDropdown();
          }}
        />
      </Combobox.Target>
      <p className="heard" role="status">
        {open && list.dropdownOpened ? t('found', { count: choices.length }) : ''}
      </p>
      {typed.trim() !== '' && choices.length === 0 && nothing && (
        <p className={classes.nothing} role="status">
          {nothing}
        </p>
      )}
      <Combobox.Dropdown hidden={!open} className={classes.dropdown}>
        <Combobox.Options className={classes.options} aria-label={t('choices')}>
          {choices.map(({ value, label, hint }) => (
            <Combobox.Option key={value} value={value} className={classes.option}>
              <span>{label}</span>
              {hint && <span className={classes.hint}>{hint}</span>}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
