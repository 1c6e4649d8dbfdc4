/** Faults planted for the rules of the house: each class below breaks exactly one rule. */
package io.tallystick.planted;
