/** Copies the text of the field that the button names. */
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.querySelector('[data-label]').textContent = 'Copied';
  });
}
