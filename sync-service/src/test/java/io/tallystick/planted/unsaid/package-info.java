/** Has no word about what it uses. */
package io.tallystick.planted.unsaid;
